// SPDX-License-Identifier: EUPL-1.2
import './app';
import { askWho, followLinks, readPreferences } from './state/app';

readPreferences();
followLinks();
void askWho();
