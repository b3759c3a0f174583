using System.Numerics;

namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>
/// From a feature's hash to its row, in 8 bytes a slot at half load: most features of a text are looked up in vain or
/// once, so that a lookup costs one cache line. Half of the hash is kept beside the place it falls to; a stranger passes for a
/// known feature about once in four billion.
/// </summary>
sealed class FeatureTable
{
    /// <summary>Upper half of the hash above, row + 1 below; 0 is free.</summary>
    readonly ulong[] _slots;
    readonly int _mask;

    public FeatureTable(ReadOnlySpan<ulong> hashes)
    {
        _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, hashes.Length * 2))];
        _mask = _slots.Length - 1;
        for (int row = 0; row < hashes.Length; row++)
        {
            int slot = First(hashes[row]);
            while (_slots[slot] != 0)
                slot = (slot + 1) & _mask;
            _slots[slot] = (hashes[row] & 0xFFFFFFFF00000000) | (uint)(row + 1);
        }
    }

    public long Bytes => (long)_slots.Length * sizeof(ulong);

    /// <returns>-1 for a feature that was not fitted.</returns>
    public int Find(ulong hash)
    {
        ulong[] slots = _slots;
        for (int slot = First(hash); ; slot = (slot + 1) & _mask)
        {
            ulong found = slots[slot];
            if (found == 0)
                return -1;
            if ((uint)(found >> 32) == (uint)(hash >> 32))
                return (int)(uint)found - 1;
        }
    }

    // The lowest bit of a hash is always set.
    int First(ulong hash) => (int)(hash >> 1) & _mask;
}
