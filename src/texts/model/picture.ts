/** Pictures of the graph, as files and on paper. */
export const pictureTexts = {
  noGraph: 'No graph is open.',
  noGraphNext: 'Open a model first.',
  changed: 'The graph was changed while its picture was made.',
  noSize: 'The picture has no size.',
  notDrawn: 'The browser could not draw the picture.',
  tooLarge: 'The picture is too large for this browser.',
  next: 'Fold some groups and try again, or save an SVG.',
  alt: (model: string): string => `The graph of ${model}`,
  scaledTitle: (scale: number): string =>
    `The PNG is ${scale < 1 ? 'smaller than the graph on screen' : 'less sharp than usual'}.`,
  scaledText: (scale: number): string =>
    `At ${Math.round(scale * 100)} % of the graph’s size it is as large as browsers can make one. The SVG is sharp at any size.`,
}
