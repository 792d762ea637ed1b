import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAddress } from '../../static/js/explore/frame/address.js';
import { toPlace } from '../../static/js/explore/place.js';

/** As much of a window as an address needs; it tells of another hash later, as browsers do. */
function createBrowser() {
  let tell = () => {};
  const location = { hash: '#view=why&model=cnn' };
  const history = { state: null, replaceState: (_state, _title, url) => (location.hash = url) };
  const addEventListener = (/** @type {string} */ _type, /** @type {() => void} */ listener) => {
    tell = listener;
  };
  return { location, history, addEventListener, tell: () => tell() };
}

test('an address that was asked for is not written over before it is heard of', () => {
  const browser = createBrowser();
  const places = [];
  const address = createAddress(/** @type {any} */ (browser), ({ view }) => places.push(view));
  address.say(toPlace('view=why&model=lstm'));
  assert.equal(browser.location.hash, '#view=why&model=lstm');
  address.say(toPlace('view=why&model=mlp-relu'));
  assert.equal(browser.location.hash, '#view=why&model=mlp-relu', 'what it said itself is heard');
  browser.location.hash = '#view=dataset&model=cnn';
  address.say(toPlace('view=why&model=mlp-wide'));
  assert.equal(browser.location.hash, '#view=dataset&model=cnn');
  browser.tell();
  assert.deepEqual(places, ['dataset']);
  address.say(toPlace('view=dataset&model=lstm'));
  assert.equal(browser.location.hash, '#view=dataset&model=lstm');
  address.step(toPlace('view=map'));
  address.say(toPlace('view=dataset'));
  assert.equal(browser.location.hash, '#view=map');
});
