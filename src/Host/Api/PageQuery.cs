using System.Globalization;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary>Which part of a list is asked for, as OpenAI's lists have it.</summary>
/// <param name="After">The id of the last entry of the page before; null begins.</param>
readonly record struct PageQuery(string? After, int Limit)
{
    /// <exception cref="ApiException">400 for a limit that is none.</exception>
    public static PageQuery Read(IQueryCollection query, int usual, int most)
    {
        var limit = usual;
        if (query["limit"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1 || limit > most))
            throw new ApiException(ApiError.Invalid(
                $"Invalid value for 'limit': {ApiError.Shown(text)} is not an integer from 1 to {most}.", "limit", "invalid_value"));
        return new PageQuery(query["after"].ToString() is { Length: > 0 } after ? after : null, limit);
    }

    /// <summary>One entry more than asked for tells whether there are more.</summary>
    public static (IReadOnlyList<T> Page, bool HasMore) Cut<T>(IReadOnlyList<T> read, int limit) =>
        read.Count > limit ? ([.. read.Take(limit)], true) : (read, false);
}
