using System.Text;

namespace Orchestrator.LlamaCpp.Answers;

/// <summary>
/// Lets text through up to the first stop string, however it is cut into pieces, and holds back the end of the text
/// for as long as it could still become one.
/// </summary>
sealed class StopMatcher(IReadOnlyList<string> stops)
{
    readonly StringBuilder _held = new();

    public bool Stopped { get; private set; }

    /// <summary>The text that is safe to show now; nothing more follows once <see cref="Stopped"/> is set.</summary>
    public string Feed(ReadOnlySpan<char> text)
    {
        if (Stopped)
            return "";
        if (stops.Count == 0)
            return text.ToString();
        _held.Append(text);
        var all = _held.ToString();
        if (FirstStop(all) is >= 0 and var stop)
        {
            Stopped = true;
            _held.Clear();
            return all[..stop];
        }
        var safe = all.Length - LongestBeginning(all);
        _held.Remove(0, safe);
        return all[..safe];
    }

    /// <summary>What was held back and, the answer being over, is text after all.</summary>
    public string Flush()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    /// <summary>
    /// Where the stop begins that is complete first as the characters come one by one, and of those the longest; -1
    /// when none is.
    /// </summary>
    int FirstStop(string text)
    {
        var (first, end) = (-1, int.MaxValue);
        foreach (var stop in stops)
        {
            var index = text.IndexOf(stop, StringComparison.Ordinal);
            if (index >= 0 && (index + stop.Length < end || (index + stop.Length == end && index < first)))
                (first, end) = (index, index + stop.Length);
        }
        return first;
    }

    /// <summary>Length of the longest end of the text that begins a stop string.</summary>
    int LongestBeginning(string text)
    {
        var longest = 0;
        foreach (var stop in stops)
        {
            for (var length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                    longest = length;
            }
        }
        return longest;
    }
}
