import { CutpointError } from '../../errors'
import { projectVersion } from './project'

/** A project that is damaged, or something else altogether. */
export function badProject(message: string, details: Readonly<Record<string, unknown>> = {}): CutpointError {
  return new CutpointError(
    'bad-project',
    message,
    'Open another copy of the file. What was open here is as it was.',
    details,
  )
}

/** A project of a format that is not known yet. */
export function newerProject(version: number): CutpointError {
  return new CutpointError(
    'newer-project',
    `This project was made by a newer Cutpoint: its format is version ${version}, and this one reads up to ${projectVersion}.`,
    'Reload the page to get the newest Cutpoint, and open the file again. What was open here is as it was.',
    { version, reads: projectVersion },
  )
}
