// The toolbox through the official TypeScript SDK: files, code, sessions, terminals, the interpreter.

import { Daytona } from '@daytona/sdk'

const daytona = new Daytona()
const sandbox = await daytona.create({ language: 'javascript' })
const { fs, process: programs, git } = sandbox

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
try {
  await fs.getFileDetails('work/none')
} catch (error) {
  console.log('missing', error.constructor.name)
}

const ran = await programs.codeRun('console.log(process.argv.slice(1), 6 * 7)', { argv: ['x'] })
console.log('code', ran.exitCode, ran.result.trim())
await programs.createSession('s')
const later = await programs.executeSessionCommand('s', { command: 'echo out; sleep 0.2; echo err >&2', runAsync: true })
let [out, err] = ['', '']
await programs.getSessionCommandLogs('s', later.cmdId, (text) => (out += text), (text) => (err += text))
console.log('streamed', JSON.stringify([out, err]))
const done = await programs.executeSessionCommand('s', { command: 'echo now' })
console.log('session', done.exitCode, JSON.stringify(done.stdout))
await programs.deleteSession('s')

let seen = ''
const terminal = await programs.createPty({ id: 't', cols: 90, rows: 20, envs: { WHO: 'me' }, onData: (data) => (seen += Buffer.from(data).toString()) })
await terminal.waitForConnection()
await terminal.sendInput('stty size; echo =$WHO=; exit 3\n')
const ended = await terminal.wait()
console.log('pty', ended.exitCode, seen.includes('20 90'), seen.includes('=me='))

const interpreter = sandbox.codeInterpreter
await interpreter.runCode('x = 41')
const result = await interpreter.runCode('print(x + 1)\nraise ValueError("boom")')
console.log('interpreter', JSON.stringify(result.stdout), result.error?.name)

await programs.executeCommand('git init -q -b main repo')
await fs.uploadFile(Buffer.from('1'), 'repo/a')
await git.add('repo', ['a'])
console.log('git', (await git.commit('repo', 'first', 'Me', 'me@example.com')).sha.length, (await git.status('repo')).currentBranch)
await sandbox.delete()
process.exit(0)
