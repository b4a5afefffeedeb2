--TEST--
@ in one coroutine does not silence another one that runs meanwhile; error_reporting is right afterwards.
--FILE--
<?php
// Pins: @ in one coroutine does not silence another one that runs meanwhile; error_reporting is right afterwards.
// Status: accidental, but relied on.
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
set_error_handler(function ($n, $m) { echo 'handler: ', $m, ' silenced ', json_encode(!(error_reporting() & E_WARNING)), "\n"; return true; });
function noisy(string $who) { Coroutine::sleep(0.02); trigger_error($who, E_USER_WARNING); return 1; }
run(function () {
    go(function () { @noisy('with @'); trigger_error('after @', E_USER_WARNING); });
    go(function () { trigger_error('meanwhile', E_USER_WARNING); noisy('without @'); });
    Coroutine::sleep(0.06);
    var_dump(error_reporting() === E_ALL);
});
var_dump(error_reporting() === E_ALL);
--EXPECT--
handler: meanwhile silenced false
handler: with @ silenced true
handler: after @ silenced false
handler: without @ silenced false
bool(true)
bool(true)
