// SPDX-License-Identifier: EUPL-1.2
// A leg gives way to its fallback: the bus that was booked for the day the train does not run.
import { nothing } from 'lit';
import { customElement } from 'lit/decorators.js';

import type { Proposal } from '../api/types';
import { t } from '../i18n';
import { client } from '../state/app';
import './preview';
import { ProposalDialog } from './proposal-dialog';

@customElement('kogge-fallback-dialog')
export class KoggeFallbackDialog extends ProposalDialog {
  protected heading(): string {
    return t('fallback.title', { title: this.titleOf(this.entry!.id) });
  }
  protected saveWord(): string {
    return t('fallback.confirm');
  }
  protected propose(signal: AbortSignal): Promise<Proposal> {
    return client.fallback(this.store.id, this.entry!.id, signal);
  }
  protected form(): typeof nothing {
    return nothing;
  }
}
