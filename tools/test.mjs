/**
 * `npm test`: lint, types, unit tests, build, sizes and browser tests, each with its own set-up. Goes on after a failure so
 * that one run shows everything, and ends with a line that adds up all runners.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { platform, stdout } from 'node:process'
import { ensureChromium } from './chromium.mjs'
import { ensureDependencies } from './dependencies.mjs'

ensureDependencies()
process.env.CUTPOINT_CHROMIUM = ensureChromium()
const results = '.cache/test'
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const total = { passed: 0, failed: 0, skipped: 0 }

// Each of these keeps one core busy.
const [, built] = await Promise.all([
  inTurn(
    () => check('Formatting', 'prettier', ['--check', '--log-level', 'warn', '.']),
    () => check('Lint', 'eslint', ['.', '--max-warnings', '0']),
    () => check('Circles of imports', 'depcruise', ['--config', '.dependency-cruiser.mjs', 'src']),
    () => check('Sizes of folders', process.execPath, ['tools/folders.mjs']),
  ),
  inTurn(
    () => check('Types', 'tsc', ['--noEmit']),
    () => check('Build', 'vite', ['build', '--logLevel', 'warn']),
  ),
])
if (built) await check('Sizes of the build', process.execPath, ['tools/budget.mjs'])
await runVitest()
if (built) await runPlaywright()

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed > 0 ? 1 : 0)

/** Runs one after the other; gives what the last one gives. */
async function inTurn(...checks) {
  let last
  for (const next of checks) last = await next()
  return last
}

/** Runs a tool and shows what it says once it has ended; true if it ended well, which counts as passed. */
async function check(title, tool, args) {
  const said = []
  const passed = await run(tool, args, { stdio: 'pipe', heard: (part) => said.push(part) })
  console.log(`\n── ${title}: ${passed ? 'passed' : 'failed'}`)
  for (const part of said) stdout.write(part)
  if (passed) total.passed += 1
  else total.failed += 1
  return passed
}

/** Runs a tool of node_modules, or Node; true if it ended well. */
async function run(tool, args, { stdio = 'inherit', heard, env = {} } = {}) {
  const isNode = tool === process.execPath
  const command = isNode ? tool : join('node_modules', '.bin', platform === 'win32' ? `${tool}.cmd` : tool)
  const shell = platform === 'win32' && !isNode
  const child = spawn(command, args, { stdio, shell, env: { ...process.env, ...env } })
  child.stdout?.on('data', heard)
  child.stderr?.on('data', heard)
  const [status] = await once(child, 'close')
  return status === 0
}

async function runVitest() {
  console.log('\n── Unit tests')
  const file = join(results, 'unit.json')
  const ended = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const report = readReport(file)
  total.passed += report?.numPassedTests ?? 0
  total.failed += report?.numFailedTests ?? 0
  total.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
  if (!ended && !report?.numFailedTests) total.failed += 1
}

async function runPlaywright() {
  console.log('\n── Browser tests')
  const file = join(results, 'browser.json')
  const ended = await run('playwright', ['test', '--reporter=list,json'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  })
  const stats = readReport(file)?.stats
  total.passed += stats?.expected ?? 0
  total.failed += (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
  total.skipped += stats?.skipped ?? 0
  if (!ended && !stats?.unexpected && !stats?.flaky) total.failed += 1
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
