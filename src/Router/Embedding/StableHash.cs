namespace Orchestrator.Router.Embedding;

/// <summary>FNV-1a with a final mix: the same on every machine and in every run, unlike <c>string.GetHashCode</c>.</summary>
public static class StableHash
{
    const ulong Offset = 14695981039346656037;
    const ulong Prime = 1099511628211;

    /// <param name="salt">Keeps equal texts of different kinds apart.</param>
    public static ulong Of(ReadOnlySpan<char> text, ulong salt = 0)
    {
        ulong hash = Offset ^ Mix(salt);
        foreach (char character in text)
        {
            hash = (hash ^ (byte)character) * Prime;
            hash = (hash ^ (byte)(character >> 8)) * Prime;
        }
        return Mix(hash);
    }

    /// <summary>MurmurHash3's finaliser: FNV alone leaves the high bits of short texts poorly spread.</summary>
    static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
