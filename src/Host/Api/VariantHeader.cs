using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary><c>x-orchestrator-variants</c>: whether a low-precision variant may answer under memory pressure.</summary>
static class VariantHeader
{
    public const string Name = "x-orchestrator-variants";

    /// <exception cref="ApiException">400 for any other word: a misspelt refusal must not be taken for consent.</exception>
    public static bool Allows(IHeaderDictionary headers) => headers[Name].ToString() switch
    {
        "" or "allow" => true,
        "never" => false,
        var other => throw new ApiException(ApiError.Invalid(
            $"Invalid value for the header '{Name}': '{ApiError.Shown(other)}' is not one of never, allow.", Name, "invalid_value")),
    };
}
