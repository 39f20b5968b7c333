import '../style.css';
import '../static-code/static-code.css';
import { tokenOf } from './api';
import { DynamicCodePage } from './page';

const root = document.getElementById('root');
if (root !== null) {
  const page = new DynamicCodePage(root, tokenOf(window.location.pathname));
  void page.start();
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      void page.open();
    }
  });
}
