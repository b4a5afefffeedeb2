--TEST--
a plain file cannot be watched: a warning and false, and it stays as it was, also after the loop has run
--FILE--
<?php
use Swoole\Event;
$file = fopen(__FILE__, 'r');
set_error_handler(fn ($level, $text) => print("$text\n"));
var_dump(fgets($file), Event::add($file, fn () => null), swoole_last_error(), Event::isset($file));
Event::defer(fn () => null);
Event::wait();
var_dump(fgets($file), fclose($file));
foreach (['memory' => fopen('php://memory', 'r'), 'a folder' => opendir(__DIR__)] as $what => $stream) {
    echo "$what:\n";
    var_dump(Event::add($stream, fn () => null));
}
$closed = fopen('php://memory', 'r');
fclose($closed);
echo "closed:\n";
var_dump(Event::add($closed, fn () => null));
echo "a number that is not open:\n";
var_dump(Event::add(1023, fn () => null), swoole_last_error());
?>
--EXPECT--
Swoole\Event::add(): swoole_event_add failed
string(6) "<?php
"
bool(false)
int(1)
bool(false)
string(18) "use Swoole\Event;
"
bool(true)
memory:
Swoole\Event::add(): Cannot represent a stream of type MEMORY as a select()able descriptor
Swoole\Event::add(): fd argument must be either valid PHP stream or valid PHP socket resource
Swoole\Event::add(): unknown fd type
bool(false)
a folder:
Swoole\Event::add(): Cannot represent a stream of type dir as a select()able descriptor
Swoole\Event::add(): fd argument must be either valid PHP stream or valid PHP socket resource
Swoole\Event::add(): unknown fd type
bool(false)
closed:
Swoole\Event::add(): fd argument must be either valid PHP stream or valid PHP socket resource
Swoole\Event::add(): unknown fd type
bool(false)
a number that is not open:
Swoole\Event::add(): swoole_event_add failed
bool(false)
int(9)
