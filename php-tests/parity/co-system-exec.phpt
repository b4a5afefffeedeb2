--TEST--
System::exec: code, signal, output, the error stream, a command that does not exist; others run meanwhile.
--FILE--
<?php
// Pins: System::exec: code, signal, output, the error stream, a command that does not exist; others run meanwhile.
// Status: documented.
use Swoole\Coroutine;
use Swoole\Coroutine\System;
use function Swoole\Coroutine\{run, go};
run(function () {
    go(function () { for ($i = 0; $i < 3; $i++) { Coroutine::sleep(0.02); echo "meanwhile $i\n"; } });
    var_dump(System::exec('sleep 0.4; echo out; echo err >&2; exit 3 2>&1'));
    var_dump(System::exec('echo out; echo err >&2', true));
    var_dump(System::exec('kill -9 $$'));
    var_dump(System::exec('printf "no newline"')['output'], strlen(System::exec('head -c 100000 /dev/zero')['output']));
    var_dump(System::exec('/no/such/command 2>/dev/null'));
});
--EXPECT--
meanwhile 0
meanwhile 1
meanwhile 2
err
array(3) {
  ["code"]=>
  int(3)
  ["signal"]=>
  int(0)
  ["output"]=>
  string(4) "out
"
}
array(3) {
  ["code"]=>
  int(0)
  ["signal"]=>
  int(0)
  ["output"]=>
  string(8) "out
err
"
}
array(3) {
  ["code"]=>
  int(0)
  ["signal"]=>
  int(9)
  ["output"]=>
  string(0) ""
}
string(10) "no newline"
int(100000)
array(3) {
  ["code"]=>
  int(127)
  ["signal"]=>
  int(0)
  ["output"]=>
  string(0) ""
}
