/** What the actions of the page itself are called and what their keys do: those of the graph are in actions.ts, which the first page does without. */
export const firstActionTexts = {
  station: (name: string) => `Station: ${name}`,
  themeWords: 'switch between light and dark',
  /** What keys do. */
  keys: {
    present: 'large type for a projector, and back',
    leavePresent: 'back to usual type',
    keys: 'these keys',
    station: 'go to a station: model, cut, photos, train, try',
    graph: 'go to the graph',
    save: 'save the project as a file',
  },
} as const
