/** Undo and redo, with what was done in words: “Undo: delete 3 photos”. */
export const undoTexts = {
  undo: 'Undo',
  redo: 'Redo',
  undoWhat: (what: string | null) => (what === null ? undoTexts.undo : `${undoTexts.undo}: ${what}`),
  redoWhat: (what: string | null) => (what === null ? undoTexts.redo : `${undoTexts.redo}: ${what}`),
}
