/** Files and folders that systems and tools leave behind, and that nobody means to drop. */

/** The tool's or system's folder or file that a path belongs to; null for what people put there. */
export function leftByTool(path: string): { readonly name: string; readonly folder: boolean } | null {
  const names = path.split('/')
  const file = names.pop() ?? ''
  const folder = names.find((name) => toolFolders.has(name.toLowerCase()) || toolFolder.test(name))
  if (folder !== undefined) return { name: folder, folder: true }
  return file.startsWith('._') || toolFiles.has(file.toLowerCase()) ? { name: file, folder: false } : null
}

const toolFiles: ReadonlySet<string> = new Set([
  '.ds_store',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '.localized',
  '.nomedia',
  '.gitkeep',
  '.gitignore',
  '.gitattributes',
  '.picasa.ini',
  'picasa.ini',
])

const toolFolders: ReadonlySet<string> = new Set([
  '__macosx',
  '.ipynb_checkpoints',
  '@eadir',
  '@recycle',
  '#recycle',
  '.@__thumb',
  '.trash',
  '.trashes',
  '.thumbnails',
  '.thumbcache',
  '.thumb',
  '.git',
  '.svn',
  '.hg',
  '.dvc',
  '.idea',
  '.vscode',
  '.cache',
  '__pycache__',
  'node_modules',
  '.spotlight-v100',
  '.fseventsd',
  '.temporaryitems',
  '.documentrevisions-v100',
  '.appledouble',
  '.picasaoriginals',
  'system volume information',
  '$recycle.bin',
  'recycler',
  'lost+found',
])

const toolFolder = /^\.trash-\d*/i
