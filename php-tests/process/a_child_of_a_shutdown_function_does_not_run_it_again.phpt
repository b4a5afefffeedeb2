--TEST--
start() in a shutdown function and in the destructor of a global: the child runs neither again, nor what comes after it
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$main = getmypid();
$runs = 0;
/** Starts a child, unless this is the child of a child. */
function once(string $where): void
{
    // The count keeps a mistake from becoming a bomb.
    if ($GLOBALS['runs']++ > 1) {
        return;
    }
    if (getmypid() !== $GLOBALS['main']) {
        echo "!!! the child runs the $where\n";
    }
    (new Process(fn () => exit(6), false, 0))->start();
    echo "$where: ", ending(Process::wait()), "\n";
    if (getmypid() !== $GLOBALS['main']) {
        exit;
    }
    $GLOBALS['runs'] = 0;
}
register_shutdown_function(fn () => once('shutdown function'));
register_shutdown_function(fn () => once('next shutdown function'));
$global = new class {
    public function __destruct()
    {
        // Destructors of globals do run in a child.
        getmypid() === $GLOBALS['main'] && once('destructor of a global');
    }
};
?>
--EXPECT--
shutdown function: code 6
next shutdown function: code 6
destructor of a global: code 6
