// The toolbox through the official TypeScript SDK: files, code, sessions, terminals, the interpreter, git.

import { Readable } from 'node:stream'

import { Daytona } from '@daytona/sdk'

const daytona = new Daytona()
const sandbox = await daytona.create({ language: 'javascript' })
const { fs, process: programs, git } = sandbox

async function refused(what, call) {
  try {
    await call()
    console.log(what, 'was not refused')
  } catch (error) {
    console.log(what, error.constructor.name)
  }
}

await fs.createFolder('work', '755')
await fs.uploadFile(Buffer.from('one\n'), 'work/a b.txt')
await fs.uploadFiles([
  { source: Buffer.from('zwei'), destination: 'work/ä.txt' },
  { source: Buffer.alloc(5 << 20, 'x'), destination: 'work/big' },
])
console.log('files', (await fs.listFiles('work')).map((file) => file.name))
console.log('download', (await fs.downloadFile('work/a b.txt')).toString().trim(), (await fs.downloadFile('work/big')).length)
const several = await fs.downloadFiles([{ source: 'work/ä.txt' }, { source: 'work/none' }])
console.log('several', several.map((file) => [file.source, file.result?.toString(), Boolean(file.error)]))
console.log('found', (await fs.findFiles('work', 'one')).length, (await fs.searchFiles('work', '*.txt')).files.length)
console.log('replaced', (await fs.replaceInFiles(['work/a b.txt'], 'one', 'two')).map((one) => one.success))
await fs.setFilePermissions('work/a b.txt', { mode: '600' })
await fs.moveFiles('work/a b.txt', 'work/moved')
console.log('details', (await fs.getFileDetails('work/moved')).permissions)
await refused('missing', () => fs.getFileDetails('work/none'))
await refused('folder', () => fs.deleteFile('work'))

// Streams, with their progress; broken off in mid-stream they leave nothing.
let sent = 0
await fs.uploadFileStream(Readable.from(Array(64).fill(Buffer.alloc(64 << 10, 'y'))), 'work/stream', { onProgress: ({ bytesSent }) => (sent = bytesSent) })
let received
let length = 0
for await (const chunk of await fs.downloadFileStream('work/stream', { onProgress: (now) => (received = now) })) length += chunk.length
console.log('streamed', sent >= 4 << 20, length, received)
const stop = new AbortController()
async function* slow() {
  for (let count = 0; ; count++) {
    if (count === 20) stop.abort()
    yield Buffer.alloc(64 << 10, 'z')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
await refused('aborted', () => fs.uploadFileStream(Readable.from(slow()), 'work/half', { signal: stop.signal }))
await new Promise((resolve) => setTimeout(resolve, 300))
console.log('left', (await fs.listFiles('work')).map((file) => file.name))

const ran = await programs.codeRun('console.log(process.argv.slice(1), 6 * 7)', { argv: ['x'] })
console.log('code', ran.exitCode, ran.result.trim())
const executed = await programs.executeCommand('pwd; echo $A; exit 3', '/tmp', { A: '1' })
console.log('executed', executed.exitCode, JSON.stringify(executed.result))
await refused('timeout', () => programs.executeCommand('sleep 60', undefined, undefined, 1))
await programs.createSession('s')
const later = await programs.executeSessionCommand('s', { command: 'echo out; sleep 0.2; echo err >&2', runAsync: true })
let [out, err] = ['', '']
await programs.getSessionCommandLogs('s', later.cmdId, (text) => (out += text), (text) => (err += text))
console.log('logs', JSON.stringify([out, err]))
const done = await programs.executeSessionCommand('s', { command: 'echo now' })
console.log('session', done.exitCode, JSON.stringify(done.stdout), (await programs.listSessions()).length)
await programs.deleteSession('s')
await refused('no session', () => programs.getSession('s'))

let seen = ''
const terminal = await programs.createPty({ id: 't', cols: 90, rows: 20, envs: { WHO: 'me' }, onData: (data) => (seen += Buffer.from(data).toString()) })
await terminal.waitForConnection()
await terminal.sendInput('stty size; echo =$WHO=\n')
console.log('resized', (await programs.resizePtySession('t', 100, 30)).cols)
await terminal.sendInput('exit 3\n')
const ended = await terminal.wait()
console.log('pty', ended.exitCode, seen.includes('=me='))

const interpreter = sandbox.codeInterpreter
await interpreter.runCode('x = 41')
const result = await interpreter.runCode('print(x + 1)\nraise ValueError("boom")')
console.log('interpreter', JSON.stringify(result.stdout), result.error?.name)
const context = await interpreter.createContext('/tmp')
let live = ''
const inside = await interpreter.runCode('import os\nprint(os.getcwd())\nx', { context, onStdout: (message) => (live += message.output) })
console.log('context', JSON.stringify(live), inside.error?.name, (await interpreter.listContexts()).length)
await interpreter.deleteContext(context)
await refused('interrupted', () => interpreter.runCode('import time\ntime.sleep(60)', { timeout: 1 }))

await programs.executeCommand('git init -q --bare origin.git -b main && git init -q -b main repo && git -C repo remote add origin $PWD/origin.git')
await fs.uploadFile(Buffer.from('1'), 'repo/a')
await git.add('repo', ['a'])
const { sha } = await git.commit('repo', 'first', 'Me', 'me@example.com')
await git.push('repo')
await git.createBranch('repo', 'side')
console.log('git', sha.length, (await git.status('repo')).currentBranch, (await git.branches('repo')).branches.sort())
await git.clone('origin.git', 'copy').catch(async () => git.clone(`file://${await sandbox.getWorkDir()}/origin.git`, 'copy'))
await git.pull('copy')
console.log('cloned', (await fs.downloadFile('copy/a')).toString())
await refused('no repository', () => git.status('work'))
await sandbox.delete()
process.exit(0)
