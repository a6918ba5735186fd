import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { platform } from 'node:process'

const npm = platform === 'win32' ? 'npm.cmd' : 'npm'

/** Installs what package-lock.json pins, unless that was done since the lock last changed. */
export function ensureDependencies() {
  const done = 'node_modules/.package-lock.json'
  if (existsSync(done) && statSync(done).mtimeMs >= statSync('package-lock.json').mtimeMs) return
  console.log('Installing dependencies …')
  execFileSync(npm, ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit', shell: platform === 'win32' })
}
