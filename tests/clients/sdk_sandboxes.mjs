// Sandboxes, snapshots, volumes and previews through the official TypeScript SDK.

import http from 'node:http'

import { Daytona } from '@daytona/sdk'

const daytona = new Daytona()

async function refused(what, call) {
  try {
    await call()
    console.log(what, 'was not refused')
  } catch (error) {
    console.log(what, error.constructor.name, error.statusCode)
  }
}

async function names(query) {
  const found = []
  for await (const item of daytona.list(query)) found.push(item.name)
  return found.sort()
}

// A sandbox and its states.
const box = await daytona.create({ name: 'ts', labels: { team: 'a' }, envVars: { WHO: 'me' }, autoStopInterval: 0 })
console.log('created', box.name, box.state, (await box.process.executeCommand('echo $WHO; exit 3')).exitCode)
await box.stop()
console.log('stopped', box.state)
await box.archive()
await box.refreshData()
console.log('archived', box.state)
await box.start()
console.log('started', box.state, await box.getWorkDir())
await box.setAutostopInterval(5)
await box.setLabels({ team: 'b' })
await box.refreshData()
console.log('changed', box.autoStopInterval, box.labels.team)
await refused('unknown', () => daytona.get('nobody'))
await refused('taken', () => daytona.create({ name: 'ts' }))
await refused('wrong key', () => new Daytona({ apiKey: 'wrong', apiUrl: process.env.DAYTONA_API_URL }).get('ts'))

// Lists: filters, and pages by cursor.
for (const name of ['page-1', 'page-2', 'page-3']) await daytona.create({ name, labels: { team: 'pages' } })
console.log('by label', await names({ labels: { team: 'pages' } }), 'in pages', (await names({ limit: 1, name: 'page-' })).length)
console.log('by state', await names({ states: ['stopped'] }), await names({ labels: { team: 'none' } }))
for (const name of ['page-1', 'page-2', 'page-3']) await (await daytona.get(name)).delete()

// Copies, snapshots, sizes, pauses.
await box.process.executeCommand('echo kept > kept')
const child = await box.fork({ name: 'ts-child' })
console.log('forked', child.name, (await child.process.executeCommand('cat kept')).result.trim())
await child.stop()
await child.resize({ cpu: 1, memory: 2 })
console.log('resized', child.cpu, child.memory, child.state)
await child.delete()
await box.pause()
console.log('paused', box.state)
await box.start()
await box.createSnapshot('ts-snapshot')
console.log('snapshot', (await daytona.snapshot.get('ts-snapshot')).state, box.state)
const other = await daytona.create({ snapshot: 'ts-snapshot' })
console.log('from it', (await other.process.executeCommand('cat kept')).result.trim())
await other.delete()
await daytona.snapshot.delete(await daytona.snapshot.get('ts-snapshot'))
await refused('no snapshot', () => daytona.create({ snapshot: 'ts-snapshot' }))

// Volumes.
const volume = await daytona.volume.get('ts-data', true)
const holder = await daytona.create({ volumes: [{ volumeId: volume.id, mountPath: '/data' }] })
await holder.fs.uploadFile(Buffer.from('in it'), '/data/file')
await refused('in use', () => daytona.volume.delete(volume))
await holder.delete()
console.log('volumes', (await daytona.volume.list()).map((one) => one.name))
await daytona.volume.delete(volume)

// Addresses that need no key.
const fetched = (url, headers) =>
  new Promise((resolve, reject) => {
    const { port, host, pathname, search } = new URL(url)
    const request = http.get({ host: '127.0.0.1', port, path: pathname + search, headers: { host, ...headers } }, (reply) => {
      let text = ''
      reply.on('data', (chunk) => (text += chunk))
      reply.on('end', () => resolve([reply.statusCode, text]))
    })
    request.on('error', reject)
  })
await box.process.createSession('web')
await box.process.executeSessionCommand('web', { command: 'cd /tmp; echo page > index.html; exec python3 -m http.server 8000', runAsync: true })
await box.process.executeCommand('until (exec 3<>/dev/tcp/127.0.0.1/8000); do sleep 0.1; done 2>/dev/null')
const link = await box.getPreviewLink(8000)
console.log('preview', await fetched(`${link.url}/index.html`, { 'x-daytona-preview-token': link.token }), (await fetched(link.url)).at(0) >= 300)
const signed = await box.getSignedPreviewUrl(8000, 60)
console.log('signed', await fetched(`${signed.url}/index.html`))
await box.expireSignedPreviewUrl(8000, signed.token)
console.log('expired', (await fetched(`${signed.url}/index.html`))[0] !== 200)
await box.fs.uploadFile(Buffer.from('a file'), 'signed.txt')
const url = await box.downloadUrl('signed.txt')
console.log('file', await fetched(url))
await box.rotateSigningKey()
console.log('rotated', (await fetched(url))[0])

await box.delete()
await refused('deleted', () => daytona.get('ts'))
console.log('left', await names())
process.exit(0)
