import { create } from 'zustand'
import type { CutpointError } from '../../errors'

/** A model among those that were found: a file, or a part of one. */
export interface FoundModel {
  /** How it is asked for: the path of its main file, with `#` and the part where that holds several. */
  readonly choice: string
  readonly path: string
  /** null for the whole file. */
  readonly part: string | null
  /** What kind of file it is; null where that is not known. */
  readonly format: string | null
}

interface Asked {
  readonly models: readonly FoundModel[]
  readonly open: (choice: string) => void
}

/** Models of which the user has to choose one. */
export const useModelsAsked = create<{ readonly asked: Asked | null }>(() => ({ asked: null }))

/** Asks which of the models that an error `several-models` lists is meant; `open` gets the answer. False if it lists none. */
export function askWhichModel(error: CutpointError, open: (choice: string) => void): boolean {
  const models = foundModels(error)
  if (models.length === 0) return false
  useModelsAsked.setState({ asked: { models, open } })
  return true
}

/** Opens one of them. */
export function openFound(choice: string): void {
  const { asked } = useModelsAsked.getState()
  leaveFound()
  asked?.open(choice)
}

/** Opens none of them. */
export const leaveFound = (): void => useModelsAsked.setState({ asked: null })

/** What an error `several-models` lists. */
export function foundModels({ details: { models, formats } }: CutpointError): readonly FoundModel[] {
  const choices = Array.isArray(models) ? models.map(String) : []
  return choices.map((choice, position) => {
    const mark = choice.indexOf('#')
    const format: unknown = Array.isArray(formats) ? formats[position] : null
    return {
      choice,
      path: mark < 0 ? choice : choice.slice(0, mark),
      part: mark < 0 ? null : choice.slice(mark + 1),
      format: typeof format === 'string' ? format : null,
    }
  })
}
