using System.Runtime.InteropServices;

namespace Orchestrator.Host.Tools.Hermes;

/// <summary>Calls between tags. White space beside a call belongs to the format, not to the text. What is held is looked at once.</summary>
sealed class HermesReader
{
    /// <summary>What cannot be told yet: white space and the beginning of a tag, or a call as far as it has come.</summary>
    readonly List<char> _held = [];

    /// <summary>The opening tag of the call that is read, with the white space before it.</summary>
    string _opening = "";

    bool _inCall;
    bool _afterCall;

    /// <summary>Where in what is held the next tag may begin. Outside a call, all before it is white space.</summary>
    int _looked;

    /// <summary>How much of a call was searched for quotation marks, and whether a string was open there.</summary>
    (int Length, bool InText) _quoted;

    ReadOnlySpan<char> Held => CollectionsMarshal.AsSpan(_held);

    public IReadOnlyList<WrittenPiece> Read(string text)
    {
        var pieces = new List<WrittenPiece>();
        _held.AddRange(text.AsSpan());
        while (_inCall ? EndsCall(pieces) : BeginsCall(pieces))
        {
        }

        return pieces;
    }

    public IReadOnlyList<WrittenPiece> End()
    {
        var pieces = new List<WrittenPiece>();
        // Some models end their turn without the closing tag.
        if (_inCall && HermesCall.Read(Held) is { } call) pieces.Add(new WrittenPiece("", call));
        else Tell(pieces, _inCall ? $"{_opening}{Held}" : Held);
        _inCall = false;
        Drop(_held.Count);
        return pieces;
    }

    bool BeginsCall(List<WrittenPiece> pieces)
    {
        var fresh = Held[_looked..];
        var open = fresh.IndexOf(HermesTags.Open);
        var text = fresh[..(open >= 0 ? open : fresh.Length - LengthOfBegunTag(fresh))];
        var told = text.TrimEnd().Length is > 0 and var length ? _looked + length : 0;
        Tell(pieces, Held[..told]);
        if (open < 0)
        {
            Drop(told, looked: _looked + text.Length - told);
            return false;
        }

        var end = _looked + open + HermesTags.Open.Length;
        (_opening, _inCall, _quoted) = (Held[told..end].ToString(), true, default);
        Drop(end);
        return true;
    }

    bool EndsCall(List<WrittenPiece> pieces)
    {
        while (Held[_looked..].IndexOf(HermesTags.Close) is >= 0 and var after)
        {
            var close = _looked + after;
            _looked = close + HermesTags.Close.Length;
            _quoted = (_looked, HermesCall.EndsInText(Held[_quoted.Length..close], _quoted.InText));
            // An argument may speak of tags.
            if (_quoted.InText) continue;
            if (HermesCall.Read(Held[..close]) is { } call)
            {
                pieces.Add(new WrittenPiece("", call));
                _afterCall = true;
            }
            else
            {
                Tell(pieces, $"{_opening}{Held[.._looked]}");
            }

            _inCall = false;
            Drop(_looked);
            return true;
        }

        _looked = Math.Max(_looked, _held.Count - HermesTags.Close.Length + 1);
        return false;
    }

    void Drop(int length, int looked = 0)
    {
        _held.RemoveRange(0, length);
        _looked = looked;
    }

    void Tell(List<WrittenPiece> pieces, ReadOnlySpan<char> text)
    {
        if (_afterCall) text = text.TrimStart();
        if (text.Length == 0) return;
        pieces.Add(new WrittenPiece(text.ToString()));
        _afterCall = false;
    }

    /// <summary>Of the longest end of the text that may become an opening tag.</summary>
    static int LengthOfBegunTag(ReadOnlySpan<char> text)
    {
        var length = Math.Min(text.Length, HermesTags.Open.Length - 1);
        while (length > 0 && !text.EndsWith(HermesTags.Open.AsSpan(0, length), StringComparison.Ordinal)) length--;
        return length;
    }
}
