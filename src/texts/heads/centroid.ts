/** Texts of nearest averages. */
export const centroidTexts = {
  name: 'Nearest average',
  help: 'Takes the label whose average photo is nearest. Good with very few photos.',
  title: 'Nearest average',
}
