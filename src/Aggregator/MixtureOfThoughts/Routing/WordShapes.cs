namespace Orchestrator.Aggregator.MixtureOfThoughts.Routing;

/// <summary>
/// What the words of a text look like, between ^ and $: N a number, C capitals only, I one capital, w another word, m letters
/// mixed with digits or marks, p marks alone. A question with a numeral in it has the words of one with a number, and
/// another shape. Bytes beyond ASCII count as letters.
/// </summary>
static class WordShapes
{
    public static byte[] Of(ReadOnlySpan<byte> text)
    {
        List<byte> shapes = [(byte)'^'];
        foreach (Range word in text.Split((byte)' '))
            shapes.Add((byte)Shape(Core(text[word])));
        shapes.Add((byte)'$');
        return [.. shapes];
    }

    /// <summary>The word without the marks around it.</summary>
    static ReadOnlySpan<byte> Core(ReadOnlySpan<byte> word)
    {
        int start = 0, end = word.Length;
        while (start < end && !IsKnown(word[start]))
            start++;
        while (end > start && !IsKnown(word[end - 1]))
            end--;
        return word[start..end];
    }

    static char Shape(ReadOnlySpan<byte> core)
    {
        if (core.IsEmpty)
            return 'p';
        int digits = 0, letters = 0, capitals = 0;
        foreach (byte value in core)
        {
            digits += char.IsAsciiDigit((char)value) ? 1 : 0;
            letters += IsLetter(value) ? 1 : 0;
            capitals += char.IsAsciiLetterUpper((char)value) ? 1 : 0;
        }
        return digits == core.Length ? 'N'
            : letters < core.Length ? 'm'
            : capitals < core.Length ? 'w'
            : core.Length > 1 ? 'C' : 'I';
    }

    static bool IsLetter(byte value) => value >= 128 || char.IsAsciiLetter((char)value);

    static bool IsKnown(byte value) => IsLetter(value) || char.IsAsciiDigit((char)value);
}
