namespace Orchestrator.Router.Embedding.Surface;

/// <summary>Answers to choose from, such as <c>A)</c>, <c>B.</c>, <c>(C)</c> or <c>d:</c>.</summary>
static class ChoiceOptions
{
    /// <summary>Counted in their order, from A or 1 on: an initial such as <c>J.</c> is no option.</summary>
    public static int Count(ReadOnlySpan<char> text) =>
        Math.Max(CountFrom(text, 'A'), Math.Max(CountFrom(text, 'a'), CountFrom(text, '1')));

    static int CountFrom(ReadOnlySpan<char> text, char next)
    {
        int count = 0;
        for (int at = 0; at + 1 < text.Length; at++)
        {
            if (text[at] != next || text[at + 1] is not (')' or '.' or ':') || (at > 0 && char.IsLetterOrDigit(text[at - 1])))
                continue;
            // In 1.5 the mark belongs to a number.
            if (at + 2 < text.Length && char.IsDigit(text[at + 2]))
                continue;
            count++;
            next++;
        }
        return count > 1 ? count : 0;
    }
}
