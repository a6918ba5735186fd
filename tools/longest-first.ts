import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Test files that take longest: those that try thousands of hostile inputs, and the kernels' conformance. */
const long = [/\/fuzz\/typed\.test/, /\/fuzz\/fuzz\.test/, /mutations/, /conformance\.test/]

/** Begins with the test files that take longest, so that at the end no core waits for another one's. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = long.findIndex((name) => name.test(moduleId))
      return place < 0 ? long.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
