import { useEffect, useState, type ReactNode } from 'react'
import { pageActions } from '../actions/page'
import { projectActions } from '../actions/projects'
import { lazyModule } from '../lazy-module'
import { dropOnPage } from '../store/opening/intake'
import { setKeysOpen, usePage } from '../store/page/page'
import { leavePlanned } from '../store/photo-intake/plan-asked'
import { useStore } from '../store/state/state'
import { warmUp } from '../store/workers/workers'
import { boundaryTexts } from '../texts/page/boundary'
import { pageTexts } from '../texts/page/page'
import styles from './App.module.css'
import { Boundary } from './boundary/Boundary'
import { lazyPart } from './boundary/lazy-part'
import { Failure } from './boundary/Failure'
import { useDrop } from './common/useDrop'
import { Header } from './header/Header'
import { Limits } from './help/Limits'
import { useActionKeys } from './keys/useActionKeys'
import { Notices } from './notices/Notices'
import { PlanDialog } from './intake/PlanDialog'
import { ModelsDialog } from './start/ModelsDialog'
import { StartFreshDialog } from './start/StartFreshDialog'
import { StartPage } from './start/StartPage'

const { parts } = boundaryTexts

/** Keys of what is there from the beginning; the workbench brings its own. */
const pageKeys = { ...pageActions, ...projectActions }

const KeysDialog = lazyPart(parts.keys, 'dialog', () =>
  import('./help/KeysDialog').then(({ KeysDialog }) => KeysDialog),
)

const fetchWorkbench = lazyModule(parts.workbench, () => import('./workbench/Workbench'))

/** The whole page: a start page until a model is open, then the workbench. Files may be dropped anywhere. */
export function App(): ReactNode {
  const hasModel = useStore((state) => state.graph !== null)
  const keysOpen = usePage((state) => state.keys)
  useActionKeys(pageKeys)
  const { over, handlers } = useDrop((files, emptyFolders) => void dropOnPage(files, emptyFolders))

  const workbench = useWorkbench(hasModel)

  return (
    <div className={styles.app} {...handlers}>
      <Boundary what={parts.header} look="place">
        <Header />
      </Boundary>
      <Limits />
      <main className={styles.main}>
        {!hasModel && <StartPage />}
        {hasModel && workbench}
        <Notices />
        <StartFreshDialog />
        <Boundary what={parts.models} look="dialog">
          <ModelsDialog />
        </Boundary>
        <Boundary what={parts.plan} look="dialog" onClose={leavePlanned}>
          <PlanDialog />
        </Boundary>
      </main>
      {keysOpen && <KeysDialog onClose={() => setKeysOpen(false)} />}
      {over && (
        <div className={styles.drop} role="status">
          <p>{hasModel ? pageTexts.dropMore : pageTexts.dropModel}</p>
        </div>
      )}
    </div>
  )
}

/**
 * The workbench, once it is there: it is fetched, and the workers are started, while the user still reads the first page.
 * `lazy` would show its fallback first, which React then leaves for 300 ms.
 */
function useWorkbench(wanted: boolean): ReactNode {
  const [workbench, setWorkbench] = useState<ReactNode>(null)
  const [error, setError] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  const loaded = workbench !== null
  useEffect(() => {
    if (loaded) return
    const load = async () => {
      const { Workbench, startWorkbench } = await fetchWorkbench()
      startWorkbench()
      setWorkbench(
        <Boundary what={parts.workbench} look="page">
          <Workbench />
        </Boundary>,
      )
      warmUp()
    }
    const timer = setTimeout(() => void load().catch(setError), wanted ? 0 : 300)
    return () => clearTimeout(timer)
  }, [wanted, loaded, tries])
  const retry = (): void => {
    setError(null)
    setTries(tries + 1)
  }
  if (loaded) return workbench
  if (error !== null) return <Failure what={parts.workbench} look="page" error={error} onRetry={retry} />
  return <p className={styles.loading}>{pageTexts.loading}</p>
}
