import { History, RotateCcw } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { goOnWithLastVisit } from '../../store/keeping/restore'
import { attempt } from '../../store/page/notices'
import { askStartFresh } from '../../store/page/start-fresh'
import { useStore } from '../../store/state/state'
import { keepingTexts } from '../../texts/page/keeping'
import { Button } from '../common/Button'
import { since } from '../common/since'
import { OtherNetworks } from '../keeping/OtherNetworks'
import styles from './ReturnCard.module.css'

/** What there is of the visit before, to go on with or to delete; where that is decided, the networks that are kept, if any. */
export function ReturnCard(): ReactNode {
  const returning = useStore((state) => state.keeping.returning)
  const networks = useStore((state) => state.keeping.networks)
  const busy = useStore((state) => state.jobs.length > 0)
  const title = useId()
  if (!returning) return <OtherNetworks className={styles.kept} />
  const { model, photos, labels, heads, at } = returning
  return (
    <section className={styles.card} aria-labelledby={title}>
      <History size={28} aria-hidden />
      <div className={styles.text}>
        <h2 id={title}>{keepingTexts.returnTitle}</h2>
        <ul>
          {model !== null && <li>{keepingTexts.returnModel(model)}</li>}
          {labels > 0 && <li>{keepingTexts.returnPhotos(photos, labels)}</li>}
          {heads > 0 && <li>{keepingTexts.returnHeads(heads)}</li>}
        </ul>
        <p>
          {keepingTexts.returnWhen(since(at))} {keepingTexts.returnHelp}
        </p>
      </div>
      <div className={styles.buttons}>
        <Button look="primary" disabled={busy} onClick={() => attempt(goOnWithLastVisit)}>
          {keepingTexts.continue}
        </Button>
        <Button icon={<RotateCcw size={16} aria-hidden />} disabled={busy} onClick={askStartFresh}>
          {keepingTexts.startFresh}
        </Button>
      </div>
      <OtherNetworks className={styles.others} skip={networks.at(0)?.model.key} />
    </section>
  )
}
