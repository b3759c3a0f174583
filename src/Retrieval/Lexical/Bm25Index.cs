using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;

namespace Orchestrator.Retrieval.Lexical;

/// <summary>
/// Documents by the words they share with a query. The score of a document is the sum over the query's terms, repeated ones
/// as often as they occur, of idf · tf / (tf + k1 · (1 - b + b · length / mean length)) with idf = ln(1 + (N - n + ½) / (n + ½)),
/// N documents of which n have the term: Robertson's BM25 as Lucene has it since version 8, without the constant factor k1 + 1.
/// Rows are numbered as they are added and keep their numbers. Searches may run at the same time; a change needs its owner
/// to keep others out meanwhile.
/// </summary>
public sealed class Bm25Index
{
    /// <summary>Of an entry of a dictionary with its string's header.</summary>
    const int BytesOfTerm = 80;

    /// <summary>Postings of removed rows stay until they are as many as this and half of all.</summary>
    const int FewestSwept = 4096;

    readonly Bm25Options _options;
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly List<PostingList> _postings = [];

    /// <summary>The distinct terms of a row; null when it was removed.</summary>
    readonly List<int[]?> _terms = [];
    readonly List<int> _lengths = [];
    long _length, _live, _dead, _characters;

    public Bm25Index(Bm25Options? options = null)
    {
        _options = options ?? Bm25Options.Default;
        Validator.ValidateObject(_options, new ValidationContext(_options), validateAllProperties: true);
        Validator.ValidateObject(_options.Text, new ValidationContext(_options.Text), validateAllProperties: true);
    }

    /// <summary>Rows that can be found.</summary>
    public int Count { get; private set; }

    /// <summary>The number that the next row gets: all rows ever added, removed ones included.</summary>
    public int NextRow => _terms.Count;

    /// <summary>Of all that it keeps, about.</summary>
    public long Bytes =>
        ((_live + _dead) * PostingList.BytesEach) + (_live * sizeof(int)) + (_terms.Count * 36L)
        + (_postings.Count * (long)(BytesOfTerm + PostingList.BytesItself)) + (_characters * sizeof(char));

    /// <returns>Its row.</returns>
    public int Add(string text)
    {
        List<string> terms = TextTerms.Of(text, _options.Text);
        int row = _terms.Count;
        var distinct = new List<int>();
        foreach (var group in terms.GroupBy(term => term, StringComparer.Ordinal))
        {
            int number = NumberOf(group.Key);
            distinct.Add(number);
            _postings[number].Add(row, group.Count());
        }
        _terms.Add([.. distinct]);
        _lengths.Add(terms.Count);
        _length += terms.Count;
        _live += distinct.Count;
        Count++;
        return row;
    }

    /// <returns>Whether there was such a row.</returns>
    public bool Remove(int row)
    {
        if (row < 0 || row >= _terms.Count || _terms[row] is not { } terms)
            return false;
        foreach (int term in terms)
            _postings[term].Live--;
        _length -= _lengths[row];
        _live -= terms.Length;
        _dead += terms.Length;
        _terms[row] = null;
        Count--;
        if (_dead >= FewestSwept && _dead > _live)
            Sweep();
        return true;
    }

    /// <param name="query">Any text; terms that no document has are passed over.</param>
    /// <param name="count">Most hits wanted.</param>
    /// <param name="allowed">Whether a row may be found; null allows all.</param>
    /// <returns>The highest score first, of equal ones the lower row. Documents that share no term are never among them.</returns>
    public LexicalHit[] Search(string query, int count, Func<int, bool>? allowed = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var scores = new Dictionary<int, double>();
        foreach (var group in TextTerms.Of(query, _options.Text).GroupBy(term => term, StringComparer.Ordinal))
        {
            if (_numbers.TryGetValue(group.Key, out int number))
                Score(_postings[number], group.Count(), scores, allowed);
        }
        return LexicalHit.Best(scores, count);
    }

    void Score(PostingList postings, int times, Dictionary<int, double> scores, Func<int, bool>? allowed)
    {
        double idf = Math.Log(1 + ((Count - postings.Live + 0.5) / (postings.Live + 0.5)));
        double mean = Math.Max(1, _length / (double)Math.Max(1, Count));
        foreach ((int row, int frequency) in postings.Items)
        {
            if (_terms[row] is null || (allowed is not null && !allowed(row)))
                continue;
            double norm = _options.K1 * (1 - _options.B + (_options.B * _lengths[row] / mean));
            CollectionsMarshal.GetValueRefOrAddDefault(scores, row, out _) += times * idf * frequency / (frequency + norm);
        }
    }

    int NumberOf(string term)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, term, out bool known);
        if (!known)
        {
            number = _postings.Count;
            _postings.Add(new PostingList());
            _characters += term.Length;
        }
        return number;
    }

    void Sweep()
    {
        foreach (PostingList postings in _postings)
            postings.Keep(row => _terms[row] is not null);
        _dead = 0;
    }
}
