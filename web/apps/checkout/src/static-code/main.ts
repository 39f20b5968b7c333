import '../style.css';
import './static-code.css';
import { linkOf } from './api';
import { StaticCodePage } from './page';

const root = document.getElementById('root');
if (root !== null) {
  const page = new StaticCodePage(root, linkOf(window.location.pathname));
  void page.open();
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      page.cameBack();
    }
  });
}
