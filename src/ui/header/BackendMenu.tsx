import { Cpu } from 'lucide-react'
import type { ReactNode } from 'react'
import { scriptActions } from '../../actions/scripting'
import { perform } from '../../actions/perform'
import { useStore } from '../../store/state/state'
import { headerTexts } from '../../texts/page/header'
import type { BackendName } from '../../types'
import styles from './Header.module.css'

const names: Record<BackendName, string> = { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript' }

/** What the network runs on: measured, and the user's to override. */
export function BackendMenu(): ReactNode {
  const backend = useStore((state) => state.backend)
  const measured = Object.keys(backend.probeMs).length > 0
  const title = backend.name
    ? `Runs on ${names[backend.name]}: ${backend.device}. Milliseconds for a small test network, less is better.`
    : 'Measured when it is first needed'
  const options = (Object.keys(names) as BackendName[]).filter(
    (name) => !measured || backend.probeMs[name] !== undefined,
  )
  return (
    <label className={styles.backend} title={title}>
      <Cpu size={16} aria-hidden />
      <span className="visually-hidden">{headerTexts.backend}</span>
      <select
        value={backend.choice}
        onChange={(event) => perform(scriptActions.setBackend, event.target.value as BackendName | 'auto')}
        onFocus={() => perform(scriptActions.backend)}
      >
        <option value="auto">{backend.name ? `Auto: ${names[backend.name]}` : 'Auto'}</option>
        {options.map((name) => (
          <option key={name} value={name}>
            {names[name]}
            {backend.probeMs[name] === undefined ? '' : ` · ${backend.probeMs[name]} ms`}
          </option>
        ))}
      </select>
    </label>
  )
}
