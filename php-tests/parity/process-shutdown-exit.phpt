--TEST--
shutdown functions, destructors and finally blocks in a child that ends by exit() and in one that ends by Process->exit().
--FILE--
<?php
// Pins: shutdown functions, destructors and finally blocks in a child that ends by exit() and in one that ends by Process->exit().
// Status: exit() as in PHP; that Process->exit() skips everything is accidental, but relied on.
use Swoole\Process;
class D { function __construct(public string $n) {} function __destruct() { echo "  destruct {$this->n}\n"; } }
function run(string $what, callable $f)
{
    echo "$what\n";
    $p = new Process($f, false, 0);
    $p->start();
    $code = Process::wait()['code'];
    echo "  code=$code\n";
}
run('return', function () { $d = new D('local'); try { return; } finally { echo "  finally\n"; } });
run('exit(2)', function () {
    register_shutdown_function(fn () => print("  shutdown\n"));
    $d = new D('local');
    try { exit(2); } finally { echo "  finally\n"; }
});
run('Process->exit(3)', function (Process $p) {
    register_shutdown_function(fn () => print("  shutdown\n"));
    $d = new D('local');
    try { $p->exit(3); } finally { echo "  finally\n"; }
});
run('exception', function () {
    register_shutdown_function(fn () => print("  shutdown\n"));
    $d = new D('local');
    try { throw new Exception('x'); } finally { echo "  finally\n"; }
});
--EXPECTF--
return
  finally
  destruct local
  code=0
exit(2)
  destruct local
  shutdown
  code=2
Process->exit(3)
  code=3
exception
  finally
  destruct local

Fatal error: Uncaught Exception: x in %s:%d
Stack trace:
%A
  thrown in %s on line %d
  shutdown
  code=255
