namespace Orchestrator.Host.Tools.Hermes;

/// <summary>Calls between tags. White space beside a call belongs to the format, not to the text.</summary>
sealed class HermesReader : ICallReader
{
    /// <summary>What cannot be told yet: white space and the beginning of a tag, or a call as far as it has come.</summary>
    string _held = "";

    /// <summary>The opening tag of the call that is read, with the white space before it.</summary>
    string _opening = "";

    bool _inCall;
    bool _afterCall;

    /// <summary>Where in a call the closing tag may begin: what is before was looked at.</summary>
    int _looked;

    public IReadOnlyList<WrittenPiece> Read(string text)
    {
        var pieces = new List<WrittenPiece>();
        _held += text;
        while (_inCall ? EndsCall(pieces) : BeginsCall(pieces))
        {
        }

        return pieces;
    }

    public IReadOnlyList<WrittenPiece> End()
    {
        var pieces = new List<WrittenPiece>();
        // Some models end their turn without the closing tag.
        if (_inCall && HermesCall.Read(_held) is { } call) pieces.Add(new WrittenPiece("", call));
        else Tell(pieces, _inCall ? _opening + _held : _held);
        _held = "";
        _inCall = false;
        return pieces;
    }

    bool BeginsCall(List<WrittenPiece> pieces)
    {
        var open = _held.IndexOf(HermesTags.Open, StringComparison.Ordinal);
        var told = _held.AsSpan(0, open >= 0 ? open : _held.Length - LengthOfBegunTag(_held)).TrimEnd().Length;
        Tell(pieces, _held[..told]);
        if (open < 0)
        {
            _held = _held[told..];
            return false;
        }

        var end = open + HermesTags.Open.Length;
        (_opening, _held, _inCall, _looked) = (_held[told..end], _held[end..], true, 0);
        return true;
    }

    bool EndsCall(List<WrittenPiece> pieces)
    {
        while (_held.IndexOf(HermesTags.Close, _looked, StringComparison.Ordinal) is >= 0 and var close)
        {
            _looked = close + HermesTags.Close.Length;
            // An argument may speak of tags.
            if (HermesCall.EndsInText(_held.AsSpan(0, close))) continue;
            if (HermesCall.Read(_held[..close]) is { } call)
            {
                pieces.Add(new WrittenPiece("", call));
                _afterCall = true;
            }
            else
            {
                Tell(pieces, _opening + _held[.._looked]);
            }

            (_held, _inCall) = (_held[_looked..], false);
            return true;
        }

        _looked = Math.Max(_looked, _held.Length - HermesTags.Close.Length + 1);
        return false;
    }

    void Tell(List<WrittenPiece> pieces, string text)
    {
        if (_afterCall) text = text.TrimStart();
        if (text.Length == 0) return;
        pieces.Add(new WrittenPiece(text));
        _afterCall = false;
    }

    /// <summary>Of the longest end of the text that may become an opening tag.</summary>
    static int LengthOfBegunTag(string text)
    {
        var length = Math.Min(text.Length, HermesTags.Open.Length - 1);
        while (length > 0 && !text.AsSpan().EndsWith(HermesTags.Open.AsSpan(0, length), StringComparison.Ordinal)) length--;
        return length;
    }
}
