using Orchestrator.Host.OpenAi;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Api;

/// <summary>
/// <c>x-orchestrator-prefer</c> and <c>x-orchestrator-licence</c>: what the caller wants less of, and under which licences,
/// for policies that weigh that.
/// </summary>
static class WishesHeaders
{
    public const string Prefer = "x-orchestrator-prefer";
    public const string Licence = "x-orchestrator-licence";

    /// <returns>Null when neither is given.</returns>
    /// <exception cref="ApiException">400 naming the header and what is allowed.</exception>
    public static RouteWishes? Read(IHeaderDictionary headers)
    {
        var wishes = new RouteWishes();
        if (WishesText.ReadWeights(headers[Prefer].ToString(), ref wishes) is { } wrong)
            throw Invalid(Prefer, $"{wrong}; allowed are {WishesText.Allowed}");
        if (WishesText.ReadLicences(headers[Licence].ToString(), ref wishes) is { } many) throw Invalid(Licence, many);
        return wishes == new RouteWishes() ? null : wishes;
    }

    static ApiException Invalid(string header, string problem) => new(ApiError.Invalid(
        $"Invalid value for the header '{header}': {problem}.", header, "invalid_value"));
}
