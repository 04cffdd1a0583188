// SPDX-License-Identifier: EUPL-1.2
import { t } from '../i18n';
import { say } from '../state/app';

/// To the clipboard; where the browser does not allow it the field is selected, ready for Ctrl-C.
export async function copy(text: string, field: HTMLInputElement | null): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(t('feeds.copied'), 'good');
  } catch {
    field?.select();
  }
}
