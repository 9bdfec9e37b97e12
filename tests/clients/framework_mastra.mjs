// Mastra's sandbox for Daytona, without a model.

import { DaytonaSandbox } from '@mastra/daytona'

const sandbox = new DaytonaSandbox({ id: 'mastra', timeout: 60_000, env: { WHO: 'me' }, apiKey: process.env.DAYTONA_API_KEY, apiUrl: process.env.DAYTONA_API_URL })
await sandbox._start()
const done = await sandbox.executeCommand('sh', ['-c', 'echo $WHO; echo wrong >&2; exit 3'])
console.log('exec', done.exitCode, JSON.stringify(done.stdout), JSON.stringify(done.stderr))
const streamed = []
await sandbox.executeCommand('sh', ['-c', 'echo one; sleep 0.1; echo two'], { onStdout: (chunk) => streamed.push(chunk) })
console.log('streamed', JSON.stringify(streamed.join('')))
const where = await sandbox.executeCommand('pwd', [], { cwd: '/tmp' })
console.log('cwd', where.stdout.trim())
await sandbox._destroy()
console.log('end')
