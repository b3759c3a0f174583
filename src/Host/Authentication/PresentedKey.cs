namespace Orchestrator.Host.Authentication;

/// <summary>Where a request says its key: <c>Authorization: Bearer KEY</c> as OpenAI's clients do, or <c>x-api-key: KEY</c>.</summary>
static class PresentedKey
{
    public const string Header = "x-api-key";
    public const string Scheme = "Bearer";

    /// <returns>Null where the request presents none.</returns>
    public static string? Of(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization.ToString().Trim();
        if (authorization.StartsWith($"{Scheme} ", StringComparison.OrdinalIgnoreCase) && authorization[Scheme.Length..].Trim() is { Length: > 0 } bearer)
            return bearer;
        return headers[Header].ToString().Trim() is { Length: > 0 } key ? key : null;
    }
}
