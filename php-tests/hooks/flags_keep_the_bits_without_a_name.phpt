--TEST--
bits of the flags of hooks that have no name are told as they were set, so that all flags can be compared with SWOOLE_HOOK_ALL
--FILE--
<?php
use Swoole\Runtime;
use function Swoole\Coroutine\{go, run};
// These depend on the extensions that are loaded.
const DEPENDENT = SWOOLE_HOOK_CURL | SWOOLE_HOOK_SOCKETS | SWOOLE_HOOK_SSL | SWOOLE_HOOK_TLS;
function is_all(): string
{
    return json_encode((Runtime::getHookFlags() | DEPENDENT) === SWOOLE_HOOK_ALL);
}
run(function () { echo is_all(), "\n"; });
echo is_all(), "\n";
Runtime::setHookFlags(SWOOLE_HOOK_ALL ^ SWOOLE_HOOK_SLEEP);
var_dump((Runtime::getHookFlags() | DEPENDENT) === (SWOOLE_HOOK_ALL ^ SWOOLE_HOOK_SLEEP));
// The boolean of earlier versions is a bit that hooks nothing, and that run() respects.
Runtime::enableCoroutine(true);
var_dump(Runtime::getHookFlags());
run(function () {
    go(function () { usleep(1000); echo "slept\n"; });
    echo "next\n";
});
var_dump(Runtime::getHookFlags());
Runtime::enableCoroutine(false);
var_dump(Runtime::getHookFlags());
?>
--EXPECT--
true
true
bool(true)
int(1)
slept
next
int(1)
int(0)
