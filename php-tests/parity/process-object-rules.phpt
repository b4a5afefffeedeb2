--TEST--
no clone, no serialize, no unset of a declared property; a subclass may be made and its constructor may skip the parent's.
--FILE--
<?php
// Pins: no clone, no serialize, no unset of a declared property; a subclass may be made and its constructor may skip the parent's.
// Status: documented in part; the texts are accidental.
use Swoole\Process;
class Job extends Process
{
    public $tag = 'job';
    public function __construct(public int $n) { parent::__construct([$this, 'work'], false, 1); }
    public function work(Process $p) { $p->write(get_class($p) . " {$this->tag} {$this->n}"); }
}
$j = new Job(7);
$j->start();
echo $j->read(), "\n";
Process::wait();
foreach ([fn () => clone $j, fn () => serialize($j), fn () => unserialize('O:14:"Swoole\Process":0:{}')] as $op) {
    try {
        $op();
        echo "allowed\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
try {
    unset($j->pid);
} catch (Throwable $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
$r = new ReflectionClass(Process::class);
var_dump($r->isFinal(), $r->isCloneable(), $r->isInstantiable(), $r->getParentClass(), $r->getInterfaceNames());
--EXPECT--
Job job 7
Error: Trying to clone an uncloneable object of class Job
Exception: Serialization of 'Job' is not allowed
Exception: Unserialization of 'Swoole\Process' is not allowed
Error: Property pid of class Job cannot be unset
bool(false)
bool(false)
bool(true)
bool(false)
array(0) {
}
