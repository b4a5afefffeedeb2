--TEST--
StringObject and ArrayObject: methods for strings and arrays
--FILE--
<?php
use Swoole\ArrayObject;
use Swoole\Exception\ArrayKeyNotExists;
use Swoole\StringObject;

$s = new StringObject('Hello World');
echo implode(' ', [$s->length(), $s->indexOf('o'), $s->lastIndexOf('o'), $s->pos('o', 5), $s->rpos('l'), $s->ipos('WORLD')]), "\n";
echo implode('|', [$s->lower(), $s->upper(), $s->reverse(), $s->substr(6), $s->substr(-5, 2), $s->repeat(2), $s->replace('o', '0', $count), $count]), "\n";
echo implode('|', [StringObject::from('  x ')->trim(), StringObject::from(' x ')->ltrim(), StringObject::from(' x ')->rtrim(), StringObject::from('--x-')->trim('-')]), "\n";
var_dump($s->startsWith('Hell'), $s->endsWith('World'), $s->endsWith('Hello'), $s->contains('o W'), $s->char(1), $s->char(99));
var_dump($s->equals('Hello World'), $s->equals(new StringObject('Hello World'), true), StringObject::from('1')->equals(1), StringObject::from('1')->equals(1, true));
echo $s->append('!'), ' ', $s, ' ', $s->split(' ')->join('_'), ' ', $s->chunk(4)->count(), ' ', $s->chunkSplit(6, '/'), "\n";

$a = ArrayObject::from(['b' => 'text', 'a' => [1, 2], 'c' => 3]);
var_dump(count($a), $a->isEmpty(), get_class($a->get('b')), get_class($a->get('a')), $a->get('c'), $a->getOr('z', 'none'), isset($a['z']), $a['z']);
try {
    $a->get('z');
} catch (ArrayKeyNotExists $e) {
    echo get_parent_class($e), ': ', $e->getMessage(), "\n";
}
echo $a->firstKey(), $a->lastKey(), ' ', $a->first(), ' ', $a->last(), ' ', json_encode($a->keys()->toArray()), "\n";
foreach ($a as $key => $value) {
    echo $key, '=', json_encode($value), ' ';
}
unset($a['b']);
$a['d'] = 4;
$a[] = 5;
echo json_encode($a->__toArray()), ' ', json_encode(unserialize(serialize($a))->toArray()), "\n";
echo get_class($a->serialize()), ' ', ArrayObject::from([1])->serialize()->toString(), ' ', ArrayObject::from()->unserialize($a->serialize()) == $a, "\n";

$n = swoole_array([3, 1, 2, 1]);
echo implode(' ', [$n->sum(), $n->product(), $n->search(1), $n->indexOf(1), $n->lastIndexOf(1), var_export($n->lastIndexOf(9), true), $n->contains('1') ? 'y' : 'n', $n->contains('1', false) ? 'y' : 'n']), "\n";
$show = fn (ArrayObject $array): string => json_encode($array->toArray());
echo implode(' ', array_map($show, [$n->unique(), $n->reverse(), $n->chunk(3), $n->slice(1, 2), $n->map(fn ($x) => $x * 2), $n->filter(fn ($x) => $x > 1)->values(), $n->flip()])), "\n";
echo $n->reduce(fn ($sum, $x) => $sum + $x, 10), ' ', $n->push(7), ' ', $n->pushFront(0), ' ', $n->pop(), ' ', $n->popFront(), ' ', $show($n->append(8, 9)->insert(1, 'in')->insert(0, [1])), "\n";
echo $show($n->delete(0)->remove(1)), $show($n->remove(1, true, true)), $show($n->set('k', null)), $show($n->clear()), "\n";
$words = fn (): ArrayObject => swoole_array(['img12', 'IMG2', 'img1']);
echo implode(' ', array_map($show, [$words()->sort(), $words()->rsort(), $words()->natcasesort(), $words()->usort(strcasecmp(...)), $words()->asort(), $words()->flip()->ksort(), $words()->uksort(fn ($a, $b) => $b <=> $a)])), "\n";
echo $show(swoole_array([['id' => 1, 'n' => 'a'], ['id' => 2, 'n' => 'b']])->column('n', 'id')), ' ', swoole_array([5])->randomGet(), ' ', swoole_array([1, 2, 3])->shuffle()->sum(), "\n";
swoole_array(['k' => 'v'])->each(function ($value, $key): void { echo "$key $value\n"; });
?>
--EXPECT--
11 4 7 7 9 6
hello world|HELLO WORLD|dlroW olleH|World|Wo|Hello WorldHello World|Hell0 W0rld|2
x|x | x|x
bool(true)
bool(true)
bool(false)
bool(true)
string(1) "e"
string(0) ""
bool(true)
bool(true)
bool(true)
bool(false)
Hello World! Hello World! Hello_World! 3 Hello /World!/
int(3)
bool(false)
string(19) "Swoole\StringObject"
string(18) "Swoole\ArrayObject"
int(3)
string(4) "none"
bool(false)
NULL
RuntimeException: the key [z] does not exist
bc text 3 ["b","a","c"]
b="text" a=[1,2] c=3 {"a":[1,2],"c":3,"d":4,"0":5} {"a":[1,2],"c":3,"d":4,"0":5}
Swoole\StringObject a:1:{i:0;i:1;} 1
7 6 1 1 3 NULL n y
[3,1,2] [1,2,1,3] [[3,1,2],[1]] [1,2] [6,2,4,2] [3,2] {"3":0,"1":3,"2":2}
17 5 6 7 0 [[1],3,"in",1,2,1,8,9]
{"1":3,"2":"in","4":2,"5":1,"6":8,"7":9}{"1":3,"2":"in","4":2,"6":8,"7":9}{"1":3,"2":"in","4":2,"6":8,"7":9,"k":null}[]
["IMG2","img1","img12"] ["img12","img1","IMG2"] {"2":"img1","1":"IMG2","0":"img12"} ["img1","img12","IMG2"] {"1":"IMG2","2":"img1","0":"img12"} {"IMG2":1,"img1":2,"img12":0} {"2":"img1","1":"IMG2","0":"img12"}
{"1":"a","2":"b"} 5 6
k v
