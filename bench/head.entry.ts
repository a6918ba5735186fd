// What the benchmark runs, bundled as for the page.
export { fitLinearHead } from '../src/heads/linear/fit/solve'
export { synthesise } from '../src/compute/head/testing/synthetic'
