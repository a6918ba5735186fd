import { FileUp, FolderArchive, FolderUp, Link2, Play } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { openFiles, openUrl } from '../../store/opening/intake'
import { attempt } from '../../store/page/notices'
import { takeAsProject } from '../../store/projects/ask-project'
import { runSample } from '../../store/opening/sample'
import { useStore } from '../../store/state/state'
import { openTexts } from '../../texts/model/open'
import { projectTexts } from '../../texts/page/project'
import { Button } from '../common/Button'
import { FilePicker } from '../common/FilePicker'
import { useDrop } from '../common/useDrop'
import { ReturnCard } from './ReturnCard'
import styles from './StartPage.module.css'

const steps = [
  { title: 'Open a network', text: 'Its graph is drawn, folded to what the eye can take in.' },
  { title: 'Cut it', text: 'Click the tensor where the part worth keeping ends.' },
  { title: 'Drop photos', text: 'A folder for each label, from your own disk.' },
  { title: 'Train and keep', text: 'A new head is trained here, and saved with its trunk.' },
]

/** What is there before any model: what to drop, and one button that shows the whole job on the built-in sample. */
export function StartPage(): ReactNode {
  const busy = useStore((state) => state.jobs.length > 0)
  const returning = useStore((state) => state.keeping.returning !== null)
  const { over, handlers } = useDrop((files) => void openFiles(files))
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1>Keep the part of a network that has learned to see. Train the rest on your own photos.</h1>
        <p>
          Open a trained TensorFlow network in this page, cut it at a tensor, and train a new head on this machine.
          Nothing is uploaded and nothing is installed.
        </p>
      </div>
      <ReturnCard />
      <section className={styles.open} data-over={over} aria-label="Open a model" {...handlers}>
        <div className={styles.sample}>
          <Button
            look={returning ? 'plain' : 'primary'}
            icon={<Play size={17} aria-hidden />}
            disabled={busy}
            onClick={() => attempt(runSample)}
          >
            Try the built-in sample
          </Button>
          <p>EfficientNet-Lite0 and a set of small pictures: opened, cut, trained and tried, in one go.</p>
        </div>
        <div className={styles.own}>
          <h2>{openTexts.title}</h2>
          <p>{openTexts.drop}</p>
          <dl className={styles.kinds}>
            {openTexts.kinds.map(({ maker, files }) => (
              <div key={maker}>
                <dt>{maker}</dt>
                <dd>{files}</dd>
              </div>
            ))}
          </dl>
          <p>{openTexts.labels}</p>
          <div className={styles.buttons}>
            <FilePicker icon={<FileUp size={16} aria-hidden />} onPick={(files) => void openFiles(files)}>
              {openTexts.files}
            </FilePicker>
            <FilePicker folder icon={<FolderUp size={16} aria-hidden />} onPick={(files) => void openFiles(files)}>
              {openTexts.folder}
            </FilePicker>
            <FilePicker
              icon={<FolderArchive size={16} aria-hidden />}
              accept=".cutpoint,.zip"
              multiple={false}
              onPick={(files) => files.forEach(takeAsProject)}
            >
              {projectTexts.open}
            </FilePicker>
          </div>
          <UrlForm />
        </div>
      </section>
      <Missing />
      <ol className={styles.steps}>
        {steps.map(({ title, text }, index) => (
          <li key={title}>
            <span aria-hidden>{index + 1}</span>
            <div>
              <strong>{title}</strong>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** What this address lacks, and what goes on without it. */
function Missing(): ReactNode {
  // Where https is missing, the line under the header says so.
  if (!window.isSecureContext || window.crossOriginIsolated) return null
  return (
    <p className={styles.missing} role="note">
      This page is served without its isolation headers, so networks run on one thread where there is no GPU.
    </p>
  )
}

function UrlForm(): ReactNode {
  const [url, setUrl] = useState('')
  return (
    <form
      className={styles.url}
      onSubmit={(event) => {
        event.preventDefault()
        if (url.trim() !== '') void openUrl(url.trim())
      }}
    >
      <label>
        <Link2 size={16} aria-hidden />
        <input
          type="text"
          inputMode="url"
          value={url}
          aria-label={openTexts.address}
          placeholder={openTexts.addressExample}
          onChange={(event) => setUrl(event.target.value)}
        />
      </label>
      <Button type="submit" disabled={url.trim() === ''}>
        {openTexts.openAddress}
      </Button>
    </form>
  )
}
