/**
 * Fails where a folder under `src` has more than 20 files side by side, tests and their data not counted: a newcomer looks
 * through no more.
 */
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const most = 20
const root = fileURLToPath(new URL('../', import.meta.url))
const full = []
look(join(root, 'src'))
for (const { folder, count } of full)
  console.error(`${folder}: ${count} files side by side, at most ${most}. Give those that belong together a folder.`)
process.exit(full.length > 0 ? 1 : 0)

function look(folder) {
  const entries = readdirSync(folder, { withFileTypes: true })
  const count = entries.filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name)).length
  if (count > most) full.push({ folder: relative(root, folder), count })
  for (const { name } of entries.filter((entry) => entry.isDirectory() && entry.name !== 'fixtures'))
    look(join(folder, name))
}
