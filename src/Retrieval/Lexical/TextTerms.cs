using System.Globalization;

namespace Orchestrator.Retrieval.Lexical;

/// <summary>
/// The terms of a text. A term is a run of letters and digits of any script, with the marks that belong to letters, in lower
/// case; an apostrophe between letters ends nothing, and <c>'s</c> is left out. Everything else separates. Scripts without
/// spaces give long runs, which match only themselves, and letters written as one character or as two are different ones.
/// </summary>
public static class TextTerms
{
    public static List<string> Of(string text, TextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= TextOptions.Default;
        text = text.ToLowerInvariant().Replace('’', '\'');
        var terms = new List<string>();
        for (int start = 0; start < text.Length;)
        {
            int end = start;
            while (end < text.Length && (IsPart(text, end) || IsInnerApostrophe(text, start, end)))
                end++;
            if (end > start && Term(text[start..end], options) is { Length: > 0 } term)
                terms.Add(term);
            start = Math.Max(end, start + 1);
        }
        return terms;
    }

    static string? Term(string run, TextOptions options)
    {
        string word = run.EndsWith("'s", StringComparison.Ordinal) ? run[..^2] : run;
        word = word.Replace("'", "", StringComparison.Ordinal);
        if (options.DropStopWords && StopWords.English.Contains(word))
            return null;
        if (options.Stem)
            word = PorterStemmer.Stem(word);
        return word.Length <= options.LongestTerm ? word : word[..options.LongestTerm];
    }

    static bool IsPart(string text, int at) =>
        char.IsLetterOrDigit(text[at]) || char.IsSurrogate(text[at])
        || char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    static bool IsInnerApostrophe(string text, int start, int at) =>
        text[at] == '\'' && at > start && char.IsLetter(text[at - 1]) && at + 1 < text.Length && char.IsLetter(text[at + 1]);
}
