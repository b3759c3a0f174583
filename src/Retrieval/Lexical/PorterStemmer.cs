namespace Orchestrator.Retrieval.Lexical;

/// <summary>
/// Takes English endings off, after M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980) 130-137, with the two
/// later changes of its author (<c>abli</c>, <c>logi</c>). A measure m counts how often a consonant follows a vowel in the stem.
/// </summary>
public static class PorterStemmer
{
    static readonly (string Ending, string By)[] Step2 =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
    ];

    static readonly (string Ending, string By)[] Step3 =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    static readonly (string Ending, string By)[] Step4 =
    [
        ("ement", ""), ("ment", ""), ("ent", ""), ("ance", ""), ("ence", ""), ("able", ""), ("ible", ""), ("ant", ""), ("ism", ""),
        ("ate", ""), ("iti", ""), ("ous", ""), ("ive", ""), ("ize", ""), ("ion", ""), ("al", ""), ("er", ""), ("ic", ""), ("ou", ""),
    ];

    /// <param name="word">In lower case. What is not all English letters, or has less than three of them, stays as it is.</param>
    public static string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word.Length < 3 || !word.All(char.IsAsciiLetterLower))
            return word;
        word = FinalY(Participle(Plural(word)));
        word = Exchange(Exchange(word, Step2, 0), Step3, 0);
        return FinalE(Exchange(word, Step4, 1));
    }

    static string Plural(string word) =>
        word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("ies", StringComparison.Ordinal) ? word[..^2]
        : word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1]
        : word;

    static string Participle(string word)
    {
        if (word.EndsWith("eed", StringComparison.Ordinal))
            return Measure(word[..^3]) > 0 ? word[..^1] : word;
        string stem = word.EndsWith("ed", StringComparison.Ordinal) ? word[..^2]
            : word.EndsWith("ing", StringComparison.Ordinal) ? word[..^3]
            : word;
        if (stem.Length == word.Length || !HasVowel(stem))
            return word;
        if (stem.EndsWith("at", StringComparison.Ordinal) || stem.EndsWith("bl", StringComparison.Ordinal) || stem.EndsWith("iz", StringComparison.Ordinal))
            return stem + "e";
        if (EndsDouble(stem))
            return stem[^1] is 'l' or 's' or 'z' ? stem : stem[..^1];
        return Measure(stem) == 1 && EndsShort(stem) ? stem + "e" : stem;
    }

    static string FinalY(string word) => word.EndsWith('y') && HasVowel(word[..^1]) ? word[..^1] + "i" : word;

    /// <summary>The longest ending of the word alone is tried, whether its stem is long enough or not.</summary>
    static string Exchange(string word, (string Ending, string By)[] endings, int above)
    {
        (string Ending, string By) found = ("", "");
        foreach (var candidate in endings)
        {
            if (candidate.Ending.Length > found.Ending.Length && word.EndsWith(candidate.Ending, StringComparison.Ordinal))
                found = candidate;
        }
        string stem = word[..^found.Ending.Length];
        return found.Ending.Length == 0 || Measure(stem) <= above || (found.Ending == "ion" && !(stem[^1] is 's' or 't'))
            ? word
            : stem + found.By;
    }

    static string FinalE(string word)
    {
        if (word.EndsWith('e'))
        {
            string stem = word[..^1];
            int measure = Measure(stem);
            if (measure > 1 || (measure == 1 && !EndsShort(stem)))
                word = stem;
        }
        return word.EndsWith("ll", StringComparison.Ordinal) && Measure(word) > 1 ? word[..^1] : word;
    }

    static bool IsConsonant(string word, int at) => word[at] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => at == 0 || !IsConsonant(word, at - 1),
        _ => true,
    };

    static int Measure(string stem)
    {
        int measure = 0;
        for (int i = 1; i < stem.Length; i++)
        {
            if (IsConsonant(stem, i) && !IsConsonant(stem, i - 1))
                measure++;
        }
        return measure;
    }

    static bool HasVowel(string stem) => Enumerable.Range(0, stem.Length).Any(at => !IsConsonant(stem, at));

    static bool EndsDouble(string stem) => stem.Length > 1 && stem[^1] == stem[^2] && IsConsonant(stem, stem.Length - 1);

    /// <summary>Consonant, vowel, consonant; the last one not w, x or y.</summary>
    static bool EndsShort(string stem) =>
        stem.Length > 2 && IsConsonant(stem, stem.Length - 3) && !IsConsonant(stem, stem.Length - 2)
        && IsConsonant(stem, stem.Length - 1) && !(stem[^1] is 'w' or 'x' or 'y');
}
