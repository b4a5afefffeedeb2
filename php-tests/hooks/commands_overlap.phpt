--TEST--
functions that run commands let others run: five calls go on at the same time
--FILE--
<?php
require __DIR__ . '/hooks.inc';
require __DIR__ . '/../support.inc';
$before = count(links());
overlap('exec', fn($c) => [exec("$c; echo hi; echo ho; exit 3", $lines, $code), $lines, $code]);
overlap('shell_exec', fn($c) => shell_exec("$c; echo hi"));
// PHP 8.5 deprecates them when it compiles them.
error_reporting(E_ALL & ~E_DEPRECATED);
overlap('backticks', eval('return fn($c) => `$c; echo hi`;'));
error_reporting(E_ALL);
overlap('system', function ($c) { ob_start(); $r = system("$c; echo a; echo b; exit 4", $code); return [$r, $code, ob_get_clean()]; });
overlap('passthru', function ($c) { ob_start(); $r = passthru("$c; printf 'a\\0b'; exit 5", $code); return [$r, $code, ob_get_clean()]; });
overlap('popen, a line', function ($c) { $p = popen("$c; echo a; exit 6", 'r'); return [fgets($p), fgets($p), feof($p), pclose($p)]; });
overlap('popen, more than a pipe holds', function ($c) { $p = popen("$c; cat > /dev/null; exit 7", 'w'); return [fwrite($p, str_repeat('x', 200000)), pclose($p)]; });
overlap('pclose', function ($c) { $p = popen("exec < /dev/null; $c; exit 8", 'w'); return pclose($p); });
overlap('proc_open', function ($c) {
    $p = proc_open("$c; cat; exit 9", [['pipe', 'r'], ['pipe', 'w']], $pipes);
    $sent = fwrite($pipes[0], 'hi') + (int) fclose($pipes[0]);
    return [$sent, stream_get_contents($pipes[1]), proc_close($p)];
});
overlap('proc_close', function ($c) { $p = proc_open("$c; exit 10", [['pipe', 'r'], ['pipe', 'w']], $pipes); return proc_close($p); });
overlap('proc_close, pipes are closed first', fn($c) => proc_close(proc_open("cat; $c; exit 11", [['pipe', 'r']], $pipes)));
echo count(links()) - $before, " descriptors left, ", pcntl_waitpid(-1, $status, WNOHANG), " children left\n";
?>
--EXTENSIONS--
pcntl
--EXPECT--
exec: 5 begun, ["ho",["hi","ho"],3]
shell_exec: 5 begun, "hi\n"
backticks: 5 begun, "hi\n"
system: 5 begun, ["b",4,"a\nb\n"]
passthru: 5 begun, [null,5,"a\u0000b"]
popen, a line: 5 begun, ["a\n",false,true,6]
popen, more than a pipe holds: 5 begun, [200000,7]
pclose: 5 begun, 8
proc_open: 5 begun, [3,"hi",9]
proc_close: 5 begun, 10
proc_close, pipes are closed first: 5 begun, 11
0 descriptors left, -1 children left
