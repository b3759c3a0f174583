// One service at a time: each would use all threads of the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
