// What changes is told to clients that listen; the SDK, which listens, does not keep its script from ending.

import { io } from 'socket.io-client'

import { Daytona } from '@daytona/sdk'

const api = process.env.DAYTONA_API_URL
const owner = process.env.DAYTONA_API_KEY
const url = new URL(api)

function connect(token, transports) {
  return new Promise((resolve) => {
    const options = { path: `${url.pathname}/socket.io/`, transports, auth: { token }, reconnection: false, forceNew: true }
    const socket = io(url.origin, options)
    const heard = []
    const ended = new Promise((gone) => socket.on('disconnect', gone))
    socket.onAny((name, data) => heard.push([name, data]))
    socket.on('connect', () => resolve({ socket, heard, ended }))
    socket.on('connect_error', (error) => {
      socket.close()
      resolve({ error: error.message })
    })
  })
}

async function ask(method, path, body) {
  const headers = { authorization: `Bearer ${owner}`, 'content-type': 'application/json' }
  const reply = await fetch(api + path, { method, headers, body: body && JSON.stringify(body) })
  return reply.headers.get('content-type')?.includes('json') ? reply.json() : undefined
}

async function until(what) {
  for (let i = 0; i < 500 && !what(); i++) await new Promise((resolve) => setTimeout(resolve, 10))
}

const short = ({ heard }) => heard.map(([name, data]) => `${name} ${data.newState ?? data.newDesiredState ?? data.state}`)

console.log('wrong', (await connect('wrong', ['websocket'])).error, (await connect(undefined, ['polling'])).error)
const limited = await ask('POST', '/api-keys', { name: 'limited', permissions: [] })
const whole = await connect(owner, ['websocket'])
const polling = await connect(owner, ['polling'])
const upgraded = await connect(owner, ['polling', 'websocket'])
const reader = await connect(limited.value, ['websocket'])

const daytona = new Daytona()
const box = await daytona.create({ name: 'told', envVars: { TOKEN: 'secret' } })
await box.stop()
await box.createSnapshot('told-snapshot')
await daytona.snapshot.delete(await daytona.snapshot.get('told-snapshot'))
await box.delete()
await daytona.volume.delete(await daytona.volume.create('told-volume'))
await until(() => short(polling).includes('volume.state.updated deleted'))

console.log(short(whole).join('\n'))
console.log('the same by', [polling, upgraded].map((one) => JSON.stringify(one.heard) === JSON.stringify(whole.heard)))
console.log('transport', upgraded.socket.io.engine.transport.name)
const [, created] = whole.heard[0]
console.log('whole', created.name, created.env.TOKEN, created.toolboxProxyUrl === `${url.origin}/toolbox`)
console.log('limited', reader.heard[0][1].env.TOKEN, short(reader).filter((one) => one.startsWith('volume')))

// A key that is revoked hears nothing more.
const before = reader.heard.length
await ask('DELETE', '/api-keys/limited')
await daytona.volume.delete(await daytona.volume.create('unheard'))
console.log('revoked', await reader.ended, reader.heard.length === before)
for (const one of [whole, polling, upgraded]) one.socket.close()

// Who forgets to delete and to close is not held up.
const left = await daytona.create({ name: 'left' })
console.log('last', (await left.process.executeCommand('echo line')).result.trim())
console.error(Date.now())
