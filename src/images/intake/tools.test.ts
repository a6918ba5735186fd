import { expect, it } from 'vitest'
import { leftByTool } from './tools'

it.each([
  ['set/cats/.ipynb_checkpoints/1-checkpoint.jpg', '.ipynb_checkpoints', true],
  ['@eaDir/1.jpg/SYNOPHOTO_THUMB_M.jpg', '@eaDir', true],
  ['a/.Trash-1000/files/1.jpg', '.Trash-1000', true],
  ['__MACOSX/cats/._1.jpg', '__MACOSX', true],
  ['.thumbnails/1.jpg', '.thumbnails', true],
  ['.git/objects/ab', '.git', true],
  ['System Volume Information/x.jpg', 'System Volume Information', true],
  ['$RECYCLE.BIN/S-1-5/x.jpg', '$RECYCLE.BIN', true],
  ['cats/Thumbs.db', 'Thumbs.db', false],
  ['cats/.DS_Store', '.DS_Store', false],
  ['cats/._1.jpg', '._1.jpg', false],
  ['desktop.ini', 'desktop.ini', false],
])('%s is of a tool', (path, name, folder) => expect(leftByTool(path)).toEqual({ name, folder }))

it.each(['cats/1.jpg', '.cats/1.jpg', 'thumbs/1.jpg', '_1.jpg', 'git/1.jpg', 'trash/1.jpg', 'cache/1.jpg'])(
  '%s is not',
  (path) => expect(leftByTool(path)).toBeNull(),
)
