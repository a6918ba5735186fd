import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env, platform } from 'node:process'
import { fileURLToPath } from 'node:url'

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url))
const converter = 'tensorflowjs==4.22.0'

/**
 * Path of a Python with TensorFlow, Keras and the TensorFlow.js converter: what CUTPOINT_PYTHON names, or an environment
 * of its own in `folder`, made on the first call.
 */
export function parityPython(folder) {
  if (env.CUTPOINT_PYTHON) return env.CUTPOINT_PYTHON
  const python = join(folder, platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const ready = join(folder, 'ready')
  if (!existsSync(ready)) {
    mkdirSync(folder, { recursive: true })
    execFileSync(platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', folder], { stdio: 'inherit' })
    execFileSync(python, ['-m', 'pip', 'install', '-q', '-r', requirements], { stdio: 'inherit' })
    execFileSync(python, ['-m', 'pip', 'install', '-q', '--no-deps', converter], { stdio: 'inherit' })
    writeFileSync(ready, '')
  }
  return python
}
