--TEST--
a context takes elements and properties of any name, and both live as long as the coroutine
--FILE--
<?php
use Swoole\Coroutine;
class Resource
{
    public $more;
    public function __construct(private string $name) {}
    public function __destruct() { echo "$this->name is destructed\n"; }
}
class MyContext extends Coroutine\Context {}
Coroutine\run(function () {
    Coroutine\go(function () {
        $context = Coroutine::getContext();
        $context['element'] = new Resource('element');
        $context->property = new Resource('property');
        Coroutine\go(function () {
            Coroutine::getContext()->own = new Resource('property of another');
            Coroutine::getContext(Coroutine::getPcid())['element']->more = Coroutine::getCid();
        });
        var_dump(count($context), isset($context['property']), isset($context->element), $context['element']->more);
        Coroutine::sleep(0.001);
        echo "the coroutine ends\n";
    });
});
$context = new Coroutine\Context([1, 2]);
$context->property = 3;
echo count($context), $context->property, "\n";
$context = new MyContext();
$context->property = 4;
echo count($context), $context->property, "\n";
?>
--EXPECT--
property of another is destructed
int(1)
bool(false)
bool(false)
int(3)
the coroutine ends
property is destructed
element is destructed
23
04
