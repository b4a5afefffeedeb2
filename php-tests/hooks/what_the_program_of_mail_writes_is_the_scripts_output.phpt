--TEST--
mail() in a coroutine: what the program writes goes where the script's output and errors go, as without coroutines
--FILE--
<?php
use Swoole\Process;
use function Swoole\Coroutine\run;

$send = function (): void {
    echo mail('somebody', 'subject', 'text') ? "sent\n" : "not sent\n";
};
foreach ([$send, fn () => run($send)] as $callback) {
    $child = new Process($callback, true);
    $child->start();
    for ($output = ''; ($part = $child->read()) !== ''; $output .= $part);
    Process::wait();
    echo $output;
}
?>
--INI--
sendmail_path="cat >/dev/null && echo output && echo error >&2 && exit 69"
--EXPECT--
output
error
not sent
output
error
not sent
