namespace Orchestrator.Retrieval.Lexical;

/// <summary>How text becomes terms. Documents and queries of one index are always read alike.</summary>
public sealed record TextOptions
{
    public static TextOptions Default { get; } = new();

    /// <summary>Leaves out English words that nearly every text has. Other languages lose nothing but such words of theirs.</summary>
    public bool DropStopWords { get; init; } = true;

    /// <summary>Takes English endings off: <c>flows</c> and <c>flowing</c> are <c>flow</c>.</summary>
    public bool Stem { get; init; } = true;

    /// <summary>Longer runs of characters are data rather than words and are cut there.</summary>
    [System.ComponentModel.DataAnnotations.Range(4, 1024)]
    public int LongestTerm { get; init; } = 64;
}
