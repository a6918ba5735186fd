/**
 * `npm test`: lint, types, unit tests, build and browser tests, each with its own set-up. Goes on after a failure so
 * that one run shows everything, and ends with a line that adds up all runners.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { platform } from 'node:process'
import { ensureChromium } from './chromium.mjs'
import { ensureDependencies } from './dependencies.mjs'

ensureDependencies()
process.env.CUTPOINT_CHROMIUM = ensureChromium()
const results = '.cache/test'
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const total = { passed: 0, failed: 0, skipped: 0 }

const stylePasses = run('Lint', 'eslint', ['.', '--max-warnings', '0'])
count(stylePasses)
count(run('Formatting', 'prettier', ['--check', '--log-level', 'warn', '.']))
count(run('Types', 'tsc', ['--noEmit']))
runVitest()
const built = run('Build', 'vite', ['build', '--logLevel', 'warn'])
count(built)
if (built) runPlaywright()

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed > 0 ? 1 : 0)

/** Runs a tool of node_modules; true if it ended well. */
function run(title, tool, args, env = {}) {
  console.log(`\n── ${title}`)
  const command = join('node_modules', '.bin', platform === 'win32' ? `${tool}.cmd` : tool)
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: platform === 'win32',
    env: { ...process.env, ...env },
  })
  return status === 0
}

function count(passed) {
  if (passed) total.passed += 1
  else total.failed += 1
}

function runVitest() {
  const file = join(results, 'unit.json')
  const ended = run('Unit tests', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const report = readReport(file)
  total.passed += report?.numPassedTests ?? 0
  total.failed += report?.numFailedTests ?? 0
  total.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
  if (!ended && !report?.numFailedTests) total.failed += 1
}

function runPlaywright() {
  const file = join(results, 'browser.json')
  const ended = run('Browser tests', 'playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
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
